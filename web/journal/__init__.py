"""The register in public: journal, checkpoints, tiles, receipts and their verification."""
