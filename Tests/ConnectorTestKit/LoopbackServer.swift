import Foundation
import HTTPTransport

/// A small HTTP/1.1 server on a thread of its own that does what a test tells it, bytes and all.
package final class LoopbackServer: Sendable {
    /// What happens to one request after it has been read whole.
    package enum Answer: Sendable {
        /// These bytes go out as they are; the connection stays open.
        case bytes([UInt8])
        /// These bytes go out and the connection is closed.
        case bytesThenClose([UInt8])
        /// Closed without a byte.
        case close
        /// Nothing, until the client goes away.
        case silence
    }

    package struct Seen: Sendable {
        package var head: String
        package var body: [UInt8]
        /// Which connection it came on, from 1.
        package var connection: Int
    }

    package let port: Int
    private let listener: Int32
    private let seenRequests = Locked<[Seen]>([])

    package var seen: [Seen] { self.seenRequests.withLock { $0 } }

    package var baseURL: String { "http://127.0.0.1:\(self.port)" }

    package init(_ answer: @escaping @Sendable (Seen) -> Answer) throws {
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
        let seen = self.seenRequests
        Thread {
            var number = 0
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                number += 1
                let mine = number
                Thread { Self.serve(connection, mine, seen, answer) }.start()
            }
        }.start()
    }

    deinit {
        shutdown(self.listener, Int32(SHUT_RDWR))
        close(self.listener)
    }

    package static func reply(
        _ status: Int = 200,
        headers: [String] = [],
        body: [UInt8] = []
    ) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Reply", "Content-Length: \(body.count)"] + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    private static func serve(
        _ connection: Int32,
        _ number: Int,
        _ seen: Locked<[Seen]>,
        _ answer: @Sendable (Seen) -> Answer
    ) {
        defer { close(connection) }
        var buffer: [UInt8] = []
        while let request = Self.read(connection, &buffer, number) {
            seen.withLock { $0.append(request) }
            switch answer(request) {
            case .bytes(let bytes): Self.write(connection, bytes)
            case .bytesThenClose(let bytes):
                Self.write(connection, bytes)
                return
            case .close: return
            case .silence:
                var byte: UInt8 = 0
                _ = recv(connection, &byte, 1, 0)
                return
            }
        }
    }

    private static func read(_ connection: Int32, _ buffer: inout [UInt8], _ number: Int) -> Seen? {
        let separator = Array("\r\n\r\n".utf8)
        while true {
            if let end = buffer.firstRange(of: separator) {
                let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
                let length =
                    head.split(separator: "\r\n").compactMap { line -> Int? in
                        guard line.lowercased().hasPrefix("content-length:") else { return nil }
                        return Int(line.dropFirst(15).drop { $0 == " " })
                    }.first ?? 0
                if buffer.count >= end.upperBound + length {
                    let body = Array(buffer[end.upperBound..<end.upperBound + length])
                    buffer.removeFirst(end.upperBound + length)
                    return Seen(head: head, body: body, connection: number)
                }
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    private static func write(_ connection: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
