-- Every peer, for people. Rows: name, place, endpoint, signature suite, department.
select l.name, l.place, l.endpoint, l.signature_suite, l.department from node.link as l order by l.name;
