"""Paper and files of a planned day: A4 sheets as PDF, a workbook, tables, calendars."""
