import HTTPTransport
import Signatures

/// The signatures that the official clients check (`hubspot/utils/signature.py`).
enum WebhookSignature {
    /// Hexadecimal SHA-256 over secret and body.
    static func first(secret: String, body: [UInt8]) -> String {
        SHA256.hex(SHA256.digest(Array(secret.utf8) + body))
    }

    /// Hexadecimal SHA-256 over secret, method, address and body.
    static func second(
        secret: String,
        method: String,
        url: String,
        body: [UInt8]
    ) -> String {
        SHA256.hex(SHA256.digest(Array((secret + method + url).utf8) + body))
    }

    /// Base64 of the keyed hash over method, address, body and time.
    static func third(
        secret: String,
        method: String,
        url: String,
        body: [UInt8],
        timestamp: Int64
    ) -> String {
        let message =
            Array((method + Self.plain(url)).utf8) + body + Array(String(timestamp).utf8)
        return Base64.encode(SHA256.hmac(key: secret.utf8, message: message))
    }

    /// The headers of one request.
    static func headers(
        secret: String,
        method: String,
        url: String,
        body: [UInt8],
        timestamp: Int64,
        old version: String
    ) -> [HTTPHeader] {
        let old =
            version == "v2"
            ? Self.second(secret: secret, method: method, url: url, body: body)
            : Self.first(secret: secret, body: body)
        let third = Self.third(
            secret: secret,
            method: method,
            url: url,
            body: body,
            timestamp: timestamp
        )
        return [
            HTTPHeader("X-HubSpot-Signature", old),
            HTTPHeader("X-HubSpot-Signature-Version", version == "v2" ? "v2" : "v1"),
            HTTPHeader("X-HubSpot-Signature-v3", third),
            HTTPHeader("X-HubSpot-Request-Timestamp", String(timestamp)),
        ]
    }

    /// Characters that are hashed as themselves where the address has their codes
    /// (HubSpot: validating requests).
    private static let decoded: [String: String] = [
        "%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'",
        "%28": "(", "%29": ")", "%2A": "*", "%2C": ",", "%3B": ";",
    ]

    private static func plain(_ url: String) -> String {
        guard url.utf8.contains(0x25) else { return url }
        var text = ""
        var rest = url[...]
        while let place = rest.firstIndex(of: "%") {
            text += rest[..<place]
            let code = rest[place...].prefix(3)
            text += Self.decoded[code.uppercased()] ?? String(code)
            rest = rest[code.endIndex...]
        }
        return text + rest
    }
}
