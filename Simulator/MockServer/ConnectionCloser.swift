import NIOCore
import NIOHTTP1

/// Marks the requests after which the connection is closed, as the framework forgets a request's
/// version and compares letter for letter.
///
/// A client of HTTP/1.0 may wait for the end of the connection to know the end of the reply.
final class ConnectionCloser: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = Self.unwrapInboundIn(data),
            head.version != .http1_1 || !head.isKeepAlive
        else { return context.fireChannelRead(data) }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(Self.wrapInboundOut(.head(head)))
    }
}
