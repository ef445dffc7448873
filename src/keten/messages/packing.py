"""Tells by its first bytes what is packed, and in which way."""

PACKED = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PK\x07\x08": "zip",
    b"\x1f\x8b": "gzip",
    b"\x1f\x9d": "compress",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
    b"Rar!\x1a\x07": "rar",
    b"MSCF\x00": "cab",
}
TAR, TAR_AT = b"ustar", 257


def packing_of(text: bytes) -> str:
    """The way in which something is packed that begins like this; empty when it is not packed."""
    if text[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return "tar"
    return next((name for mark, name in PACKED.items() if text.startswith(mark)), "")
