package import HTTPTransport
import SyncCore

/// The engine's end of the wire under the recorder's eyes; what passes, passes unchanged.
package struct RecordedWire: HTTPTransport {
    private let inner: any HTTPTransport
    private let recorder: Recorder

    package init(_ inner: any HTTPTransport, _ recorder: Recorder) {
        self.inner = inner
        self.recorder = recorder
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        self.recorder.sent(request, to: SimulatedWire.side(of: request))
        let response: HTTPResponse
        do {
            response = try await self.inner.send(request)
        } catch {
            self.recorder.ended(nil)
            throw error
        }
        self.recorder.ended(response)
        return response
    }
}
