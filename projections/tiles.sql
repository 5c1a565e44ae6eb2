-- Hash tiles (C2SP tlog-tiles), computed in Python from the entries: independent of the tree that SQL keeps in
-- ledger.head. `number` is level * 2^48 + index; `hashes` grows from 32 to 8192 bytes, cannot be compressed and is
-- always read whole.
CREATE TABLE tiles (
    number bigint PRIMARY KEY,
    hashes bytea NOT NULL
);
ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
