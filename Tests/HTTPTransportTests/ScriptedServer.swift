import Foundation
import HTTPTransport

/// A small HTTP/1.1 server on 127.0.0.1 that records what arrives and answers as it is told.
final class ScriptedServer: Sendable {
    private struct State {
        var requests: [ReceivedRequest] = []
        var acceptCount = 0
        var connections: Set<Int32> = []
        var isStopped = false
        /// Before the listener is closed: its number may belong to another socket afterwards.
        var isListening = true
    }

    let port: Int
    /// Each request as it has been read whole.
    let arrivals: AsyncStream<ReceivedRequest>
    private let listener: Int32
    private let state = Locked(State())
    private let arrived: AsyncStream<ReceivedRequest>.Continuation
    private let reply: @Sendable (ReceivedRequest) -> ScriptedReply

    init(
        reply: @escaping @Sendable (ReceivedRequest) -> ScriptedReply = { _ in .ok() }
    ) throws {
        let bound = try Self.bind()
        (self.listener, self.port) = bound
        self.reply = reply
        (self.arrivals, self.arrived) = AsyncStream.makeStream()
        listen(bound.socket, 64)
        let thread = Thread { [self] in self.acceptAll() }
        thread.start()
    }

    var requests: [ReceivedRequest] { self.state.withLock { $0.requests } }
    var acceptCount: Int { self.state.withLock { $0.acceptCount } }

    func url(_ target: String = "/") -> String { "http://127.0.0.1:\(self.port)\(target)" }

    /// Ends every connection and its thread.
    func stop() {
        self.arrived.finish()
        self.state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            self.stopListening(state)
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    /// Binds a port that nobody else has; without `listen` it refuses every connection.
    static func bind() throws -> (socket: Int32, port: Int) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    // MARK: - The server's threads

    private func stopListening(_ state: State) {
        if state.isListening { shutdown(self.listener, Int32(SHUT_RDWR)) }
    }

    private func acceptAll() {
        while true {
            let connection = accept(self.listener, nil, nil)
            guard connection >= 0 else { break }
            let isStopped = self.state.withLock { state in
                guard !state.isStopped else { return true }
                state.acceptCount += 1
                state.connections.insert(connection)
                return false
            }
            guard !isStopped else {
                close(connection)
                break
            }
            let thread = Thread { [self] in
                self.serve(connection)
                self.state.withLock { _ = $0.connections.remove(connection) }
                close(connection)
            }
            thread.start()
        }
        self.state.withLock { $0.isListening = false }
        close(self.listener)
    }

    private func serve(_ connection: Int32) {
        var buffer: [UInt8] = []
        while let request = Self.read(connection, &buffer) {
            self.state.withLock { $0.requests.append(request) }
            let reply = self.reply(request)
            self.arrived.yield(request)
            switch reply {
            case .bytes(let bytes): Self.write(bytes, connection)
            case .bytesThenClose(let bytes):
                Self.write(bytes, connection)
                return
            case .silence:
                // Until the client or `stop` ends the connection.
                while Self.receive(connection, &buffer) {}
                return
            case .goAway:
                self.state.withLock { self.stopListening($0) }
                return
            }
        }
    }

    private static func read(_ connection: Int32, _ buffer: inout [UInt8]) -> ReceivedRequest? {
        let end = Array("\r\n\r\n".utf8)
        var head: Range<Int>?
        while head == nil {
            head = buffer.firstRange(of: end)
            if head == nil, !Self.receive(connection, &buffer) { return nil }
        }
        guard let head else { return nil }
        var request = ReceivedRequest(head: Array(buffer[..<head.lowerBound]))
        let size = request.values("Content-Length").first.flatMap { Int($0) } ?? 0
        while buffer.count < head.upperBound + size {
            guard Self.receive(connection, &buffer) else { return nil }
        }
        request.body = Array(buffer[head.upperBound..<head.upperBound + size])
        buffer.removeFirst(head.upperBound + size)
        return request
    }

    /// Appends what arrives next; `false` at the end of the connection.
    private static func receive(_ connection: Int32, _ buffer: inout [UInt8]) -> Bool {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &part, part.count, 0)
        guard count > 0 else { return false }
        buffer += part.prefix(count)
        return true
    }

    private static func write(_ bytes: [UInt8], _ connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
