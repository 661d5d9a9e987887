import HTTPTransport
import MockHubSpot
import Signatures

/// Checks a webhook's signatures as HubSpot's guide on validating requests tells receivers to.
enum WebhookCheck {
    /// What is wrong with a request that came at a time, in milliseconds.
    static func faults(of request: HTTPRequest, at time: Int64) -> [String] {
        let secret = MockHubSpotApp.standardOAuth.signingSecret
        let head = Array((request.method.rawValue + request.url).utf8)
        var faults: [String] = []
        let old: [UInt8]? =
            switch request.header("X-HubSpot-Signature-Version") {
            case "v1"?: Array(secret.utf8) + request.body
            case "v2"?: Array(secret.utf8) + head + request.body
            default: nil
            }
        let expected = old.map { SHA256.hex(SHA256.digest($0)) }
        if expected == nil || request.header("X-HubSpot-Signature") != expected {
            faults.append("the first signature is wrong")
        }
        let stamp = request.header("X-HubSpot-Request-Timestamp") ?? ""
        let message =
            Array((request.method.rawValue + Self.decoded(request.url)).utf8) + request.body
            + Array(stamp.utf8)
        let third = Base64.encode(SHA256.hmac(key: secret.utf8, message: message))
        if request.header("X-HubSpot-Signature-v3") != third {
            faults.append("the third signature is wrong")
        }
        let age = Int64(stamp).map { time - $0 } ?? .max
        if age < 0 || age > Self.ageMax { faults.append("the time of the signature is wrong") }
        return faults
    }

    /// Twelve codes and no other stand for their characters.
    private static func decoded(_ url: String) -> String {
        let codes = [
            ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"),
            ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
        ]
        return codes.reduce(url) { url, code in
            url.split(separator: code.0, omittingEmptySubsequences: false).joined(separator: code.1)
        }
    }

    /// Older requests are to be refused (HubSpot: validating requests).
    private static let ageMax: Int64 = 300_000
}
