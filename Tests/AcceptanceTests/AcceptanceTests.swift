import Testing

/// What a user runs, as processes over HTTP; one after the other, because each fills both cores.
@Suite(.serialized)
enum AcceptanceTests {}
