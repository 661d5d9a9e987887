import HTTPTransport
import Signatures

/// Files behind signed addresses that live for a short time, as HubSpot's storage gives them out.
extension MockHubSpot {
    /// The first part of the path of every file.
    static let filePath = "hubspot-files"

    /// An address that anybody may read until it expires.
    func fileLink(
        _ path: String,
        _ request: HTTPRequest,
        lifetime: Int64,
        _ now: Int64
    ) -> (url: String, expiresAt: Int64) {
        let expires = (now + max(0, lifetime)) / 1_000
        let path = "/\(Self.filePath)/\(path)"
        let url =
            "\(Self.origin(request))\(path)?Expires=\(expires)"
            + "&Signature=\(self.fileSignature(path, expires))"
        return (url, expires * 1_000)
    }

    private func fileSignature(_ path: String, _ expires: Int64) -> String {
        let key = "files-\(self.settings.portalID)-\(self.settings.seed)"
        return SHA256.hex(SHA256.hmac(key: key.utf8, message: "\(path)\n\(expires)".utf8))
    }

    /// `https://api.hubapi.com` of a request's address.
    static func origin(_ request: HTTPRequest) -> String {
        guard let scheme = request.url.firstRange(of: "://") else { return "" }
        let end = request.url[scheme.upperBound...].firstIndex(of: "/")
        return String(request.url[..<(end ?? request.url.endIndex)])
    }

    /// Answers in the words of the storage, not of the API.
    mutating func fileRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .get else {
            return Self.storageError(405, "MethodNotAllowed", "The method is not allowed")
        }
        let path = "/" + target.path.joined(separator: "/")
        guard let expires = Int64(target.parameter("Expires") ?? ""),
            target.parameter("Signature") == self.fileSignature(path, expires)
        else {
            return Self.storageError(
                403,
                "SignatureDoesNotMatch",
                "The request signature does not match"
            )
        }
        guard now / 1_000 < expires else {
            return Self.storageError(403, "AccessDenied", "Request has expired")
        }
        let rest = target.path.dropFirst().map(\.self)
        let file: (body: [UInt8], type: String)? =
            switch rest.first {
            case "journal": self.journalFile(Array(rest.dropFirst()))
            case "exports": self.exportFile(Array(rest.dropFirst()), now)
            default: nil
            }
        guard let file else {
            return Self.storageError(404, "NoSuchKey", "The specified key does not exist.")
        }
        return HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", file.type)],
            body: file.body
        )
    }

    private static func storageError(_ status: Int, _ code: String, _ text: String) -> HTTPResponse
    {
        let xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<Error><Code>\(code)</Code><Message>\(text)</Message></Error>"
        return HTTPResponse(
            status: status,
            headers: [HTTPHeader("Content-Type", "application/xml")],
            body: Array(xml.utf8)
        )
    }
}
