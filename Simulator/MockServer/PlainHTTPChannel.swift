import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// The framework's connection, with what it leaves out added in front of it.
struct PlainHTTPChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let bodyMax: Int

    /// `bodyMax`: to how many bytes a compressed body may unfold.
    init(_ responder: @escaping HTTPChannelHandler.Responder, bodyMax: Int) {
        self.base = HTTP1Channel(responder: responder)
        self.bodyMax = bodyMax
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let ready = self.base.setup(channel: channel, logger: logger)
        do {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let unpacker = NIOHTTPRequestDecompressor(limit: .size(self.bodyMax))
            try pipeline.addHandlers([ConnectionCloser(), unpacker], position: .after(decoder))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return ready
    }

    func handle(value: Value, logger: Logger) async {
        await self.base.handle(value: value, logger: logger)
    }
}
