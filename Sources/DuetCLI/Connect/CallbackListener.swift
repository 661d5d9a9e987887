package import HTTPTransport
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
package import SyncCore

/// Waits on this machine alone for the browser to come back from a consent (RFC 8252, 7.3).
package struct CallbackListener: Sendable {
    private let request: ConsentRequest
    private let time: any TimeSource

    package init(_ request: ConsentRequest, time: any TimeSource) {
        self.request = request
        self.time = time
    }

    /// `ready`: called once the port is open, with its number.
    ///
    /// - Throws: why there is no code: it was refused, took longer than a quarter of an hour, or the port is in use.
    package func reply(
        ready: @escaping @Sendable (Int) -> Void
    ) async throws(SyncError) -> ConsentReply {
        let (queries, sender) = AsyncStream<String>.makeStream(
            bufferingPolicy: .bufferingOldest(1)
        )
        let query: String?
        do {
            query = try await self.first(of: queries, from: sender, ready)
        } catch is CancellationError {
            throw SyncError(
                code: .cancelled,
                side: self.request.side,
                cause: "Stopped before anybody agreed.",
                nextStep: "Run it again."
            )
        } catch {
            throw SyncError(
                code: .usage,
                side: self.request.side,
                cause: "Port \(self.request.port) of this machine cannot be listened at.",
                nextStep:
                    "Name another one with --port and add its address to the app, or use --paste."
            )
        }
        guard let query else {
            throw SyncError(
                code: .credentials,
                side: self.request.side,
                cause: "Nobody agreed within a quarter of an hour.",
                nextStep: "Run it again; where the browser is on another machine, with --paste."
            )
        }
        return try ConsentReply(query, of: self.request.side)
    }

    private func first(
        of queries: AsyncStream<String>,
        from sender: AsyncStream<String>.Continuation,
        _ ready: @escaping @Sendable (Int) -> Void
    ) async throws -> String? {
        let server = try self.server(sender, ready)
        let time = self.time
        return try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                for await query in queries { return query }
                return nil
            }
            group.addTask {
                try await time.sleep(milliseconds: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func server(
        _ sender: AsyncStream<String>.Continuation,
        _ ready: @escaping @Sendable (Int) -> Void
    ) throws -> any Service {
        let wanted = self.request
        return try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(
                address: .hostname("127.0.0.1", port: wanted.port)
            ),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "duet") { _ in SwiftLogNoOpLogHandler() },
            responder: { request, writer, _ in
                let answer = Self.answer(request.head.path ?? "/", wanted)
                let page = Self.page(answer.status, answer.text)
                try await writer.write(response: page.head, body: page.body)
                if let query = answer.query { sender.yield(query) }
            },
            onServerRunning: { channel in ready(channel.localAddress?.port ?? wanted.port) }
        )
    }

    /// What the browser is shown, and what came with it: only what carries the state of this very consent is taken.
    static func answer(
        _ target: String,
        _ request: ConsentRequest
    ) -> (status: Int, text: String, query: String?) {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        guard parts.first == ConsentRequest.path, parts.count == 2 else {
            return (404, "Nothing is here.", nil)
        }
        let states = parts[1].split(separator: "&").filter { $0.hasPrefix("state=") }
        guard states == ["state=\(request.state)"] else {
            return (
                400, "This is not the sign-in that Duet waits for. Start it from the terminal.", nil
            )
        }
        return (
            200, "Duet has its answer. You can close this page and go back to the terminal.",
            parts[1]
        )
    }

    private static func page(_ status: Int, _ text: String) -> Response {
        let html = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Duet</title>
            <body style="font: 1.1rem sans-serif; margin: 20vh auto; max-width: 32rem"><p>\(text)</p></body></html>
            """
        return Response(
            status: .init(code: status),
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .connection: "close",
            ],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    /// Codes of Salesforce's live a quarter of an hour; a person who takes longer begins anew.
    private static let patience: Int64 = 900_000
}
