import CCrypto

/// SHA-256 and what is made of it, by OpenSSL.
package enum SHA256 {
    /// The digest's 32 bytes.
    package static func digest(_ message: some Sequence<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let bytes = Array(message)
        EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        return digest
    }

    /// The keyed hash of RFC 2104, 32 bytes.
    package static func hmac(
        key: some Sequence<UInt8>,
        message: some Sequence<UInt8>
    ) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let (key, bytes) = (Array(key), Array(message))
        HMAC(EVP_sha256(), key, Int32(clamping: key.count), bytes, bytes.count, &digest, nil)
        return digest
    }

    /// Lower-case hexadecimal digits.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
