/// How a request reaches a CRM: libcurl in production, the mocks in process in a simulation.
package protocol HTTPTransport: Sendable {
    /// Sends the request and reads the reply whole.
    ///
    /// - Throws: `TransportError`; its `reach` says whether the CRM can have seen the request.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
