import HTTPTransport

// The server's framework has types of the same names: here stands which ones are meant.
typealias WireRequest = HTTPRequest
typealias WireResponse = HTTPResponse
typealias WireHeader = HTTPHeader
typealias WireMethod = HTTPMethod
