-- Writes the accounts anew, as an operator's maintenance does: their rows stand elsewhere afterwards.
vacuum full ledger.account
