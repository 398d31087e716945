-- Commands kept for inspection, with the right reason.
select count(*) from ledger.culprit where sqlstate = '23514' and what = 'line_note_is_no_curse' and octet_length(body) > 0;
