-- What no role of the service may do.
update ledger.entry set events = set_byte(events, 3, get_byte(events, 3) # 1) where position = 3;
