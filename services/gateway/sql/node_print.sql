-- What the node was made with. Row: name, place, partitions.
select n.name, n.place, n.partitions from node.node as n;
