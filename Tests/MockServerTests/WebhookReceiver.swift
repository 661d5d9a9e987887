import Foundation
import HTTPTransport

/// An app's endpoint on this machine: keeps what it was sent and answers what it is told.
final class WebhookReceiver: Sendable {
    struct Received: Sendable {
        var head: String
        var body: [UInt8]
    }

    let port: Int
    private let listener: Int32
    private let requests = Locked<[Received]>([])

    var received: [Received] { self.requests.withLock { $0 } }

    /// Answers the first requests with these statuses, and 200 to all later ones.
    init(statuses: [Int]) throws {
        self.listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        self.port = Int(UInt16(bigEndian: address.sin_port))
        let requests = self.requests
        Thread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let request = Self.read(connection) else {
                    close(connection)
                    continue
                }
                let number = requests.withLock { all in
                    all.append(request)
                    return all.count - 1
                }
                let status = statuses.indices.contains(number) ? statuses[number] : 200
                let reply = Array(
                    "HTTP/1.1 \(status) X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8
                )
                _ = send(connection, reply, reply.count, Int32(MSG_NOSIGNAL))
                close(connection)
            }
        }.start()
    }

    deinit {
        shutdown(self.listener, Int32(SHUT_RDWR))
        close(self.listener)
    }

    private static func read(_ connection: Int32) -> Received? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
                let body = bytes[end.upperBound...]
                if body.count >= length ?? 0 { return Received(head: head, body: Array(body)) }
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes += chunk.prefix(count)
        }
    }
}
