"""Care plans become weeks of dated visits, days that can be planned, and repairs when somebody is absent."""
