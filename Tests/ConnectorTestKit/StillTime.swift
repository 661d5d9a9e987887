import HTTPTransport

/// A clock on which every sleep is over at once.
package struct StillTime: TimeSource {
    package init() {}

    package var monotonicMilliseconds: Int64 { 1_000 }
    package var wallMilliseconds: Int64 { 1_000 }

    package func sleep(milliseconds: Int64) async throws {
        try Task.checkCancellation()
    }
}
