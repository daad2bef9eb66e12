// Anchor for the precompiled headers.
