import CCrypto

/// RSA signatures over SHA-256 with the padding of PKCS #1, as JSON web tokens name `RS256`.
package enum RS256 {
    /// Why a message could not be signed; the key itself is never in it.
    package enum Failure: Error, Sendable {
        case unreadableKey
        case refused
    }

    /// The signature of a message with a private key in PEM text.
    package static func sign(
        _ message: [UInt8],
        privateKey: String
    ) throws(Failure) -> [UInt8] {
        guard let key = Self.key(privateKey, isPrivate: true) else { throw .unreadableKey }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw .refused }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { throw .refused }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { throw .refused }
        return Array(signature.prefix(length))
    }

    /// Whether a signature is that of the message by the private half of a public key in PEM text.
    package static func verifies(
        _ signature: [UInt8],
        of message: [UInt8],
        publicKey: String
    ) -> Bool {
        guard let key = Self.key(publicKey, isPrivate: false) else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
        return EVP_DigestVerify(
            context,
            signature,
            signature.count,
            message,
            message.count
        ) == 1
    }

    private static func key(_ pem: String, isPrivate: Bool) -> OpaquePointer? {
        let bytes = Array(pem.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { return nil }
        defer { BIO_free(source) }
        return isPrivate
            ? PEM_read_bio_PrivateKey(source, nil, nil, nil)
            : PEM_read_bio_PUBKEY(source, nil, nil, nil)
    }
}
