-- Every procedure that the node has loaded, the latest last: of two for one day it is the one in force. Rows: bytes.
select p.bytes from node.procedure as p order by p.loaded_at, p.hash;
