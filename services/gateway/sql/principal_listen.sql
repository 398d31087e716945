-- tiaojie-admin says on this channel that principals or offices changed.
listen principal;
