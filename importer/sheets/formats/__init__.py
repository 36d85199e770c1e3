"""Other formats than .xlsx: .xls, .xlsb and .ods by a process of its own, .csv by evidence."""
