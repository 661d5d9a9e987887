import HTTPTransport

/// A clock on which every sleep is over at once.
struct StillTime: TimeSource {
    var monotonicMilliseconds: Int64 { 1_000 }
    var wallMilliseconds: Int64 { 1_000 }

    func sleep(milliseconds: Int64) async throws {
        try Task.checkCancellation()
    }
}
