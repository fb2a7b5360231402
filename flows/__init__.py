"""The shell: schedule, command line, alerts, report. The only importer of prefect."""
