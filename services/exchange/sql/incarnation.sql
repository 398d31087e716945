-- Which life of its database this node is in. Rows: 16 bytes.
select n.incarnation from node.node as n;
