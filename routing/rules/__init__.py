"""Rules as dated data: calendar, notice, entitlement, working time, fees, zones."""
