import HTTPTransport

/// Answers every request alike and counts them.
final class ScriptedTransport: HTTPTransport {
    enum Reply: Sendable {
        case ok
        case status(Int)
        case lost
        case refused
        /// No reply until `answer()`.
        case held
    }

    private let reply: Reply
    private let count = Locked(0)
    private let waiting = Locked<[CheckedContinuation<Void, Never>]?>([])

    init(_ reply: Reply) {
        self.reply = reply
    }

    var sent: Int { self.count.withLock { $0 } }

    /// Answers everything that is held, now and from now on.
    func answer() {
        let waiting = self.waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for one in waiting { one.resume() }
    }

    private func hold() async {
        await withCheckedContinuation { held in
            let isOver = self.waiting.withLock { waiting in
                waiting?.append(held)
                return waiting == nil
            }
            if isOver { held.resume() }
        }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        self.count.withLock { $0 += 1 }
        switch self.reply {
        case .ok: return HTTPResponse(status: 200)
        case .held:
            await self.hold()
            return HTTPResponse(status: 200)
        case .status(let status): return HTTPResponse(status: status)
        case .lost:
            throw TransportError(code: .connectionLost, reach: .maybeSent, message: "Lost.")
        case .refused:
            throw TransportError(code: .cannotConnect, reach: .notSent, message: "Refused.")
        }
    }
}
