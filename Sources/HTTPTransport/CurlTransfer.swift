import CCurl
import Foundation

/// One request on its way: the easy handle, what was received, and who waits for it.
///
/// Touched by the transport's thread only, but for `isCancelled`.
final class CurlTransfer: @unchecked Sendable {
    let request: HTTPRequest
    private let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
    private let replyMax: Int
    var handle: OpaquePointer?
    var headerList: UnsafeMutablePointer<curl_slist>?
    private var headers: [HTTPHeader] = []
    private var body: [UInt8] = []
    private(set) var isTooLarge = false
    private var isDone = false
    private var sendings = 0
    /// Asked for from any thread; acted on by the transport's own.
    let isCancelled: Locked<Bool>

    init(
        request: HTTPRequest,
        replyMax: Int,
        isCancelled: Locked<Bool>,
        continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
    ) {
        self.request = request
        self.replyMax = replyMax
        self.isCancelled = isCancelled
        self.continuation = continuation
    }

    /// Counts a sending of the request; only the first may go out.
    func beginsSending() -> Bool {
        self.sendings += 1
        return self.sendings == 1
    }

    /// Whether a byte of the request may have left.
    var wasBegun: Bool { self.sendings > 0 }

    /// Takes a part of the body; `false` stops the transfer.
    func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard self.body.count + bytes.count <= self.replyMax else {
            self.isTooLarge = true
            return false
        }
        if self.body.isEmpty { self.makeRoom() }
        self.body.append(contentsOf: bytes)
        return true
    }

    /// Room for the announced body at once, so that it is not copied as it grows, and some bytes more:
    /// the JSON parser looks a little past the end.
    private func makeRoom() {
        let announced = self.headers.last { $0.name.lowercased() == "content-length" }
        let size = announced.flatMap { Int($0.value) } ?? 0
        self.body.reserveCapacity(max(0, min(size, self.replyMax)) + 64)
    }

    /// Takes one header line; a status line begins anew (a 1xx reply came before).
    func receiveHeader(_ bytes: UnsafeBufferPointer<UInt8>) {
        let line = String(decoding: bytes, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if line.hasPrefix("HTTP/") {
            self.headers = []
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        self.headers.append(HTTPHeader(String(line[..<colon]), value))
    }

    func succeed(status: Int) {
        self.finish(.success(HTTPResponse(status: status, headers: self.headers, body: self.body)))
    }

    func fail(_ error: TransportError) {
        self.finish(.failure(error))
    }

    private func finish(_ result: Result<HTTPResponse, TransportError>) {
        guard !self.isDone else { return }
        self.isDone = true
        self.continuation.resume(returning: result)
    }
}
