import CCurl

/// What a libcurl code means for us: the sentence, and whether the CRM can have acted.
enum CurlFailure {
    /// The error of a request that libcurl gave up.
    ///
    /// `requestBytes` is how many bytes of the request were written; `host` is for the sentence,
    /// never the path or the query.
    static func error(
        _ code: CURLcode,
        requestBytes: Int,
        isTooLarge: Bool,
        host: String
    ) -> TransportError {
        let reach: TransportError.Reach = requestBytes > 0 ? .maybeSent : .notSent
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return TransportError(
                code: .badURL,
                reach: .notSent,
                message: "The address \(host) is not usable."
            )
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(
                code: .cannotResolve,
                reach: .notSent,
                message: "The name \(host) is not known."
            )
        case CURLE_COULDNT_CONNECT:
            return TransportError(
                code: .cannotConnect,
                reach: .notSent,
                message: "\(host) refused the connection or did not answer."
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return TransportError(
                code: .tlsRefused,
                reach: .notSent,
                message: "The secure connection to \(host) could not be trusted."
            )
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError(
                code: .timedOut,
                reach: reach,
                message: "\(host) did not answer in time."
            )
        case CURLE_WRITE_ERROR where isTooLarge:
            return TransportError(
                code: .replyTooLarge,
                reach: .maybeSent,
                message: "\(host) sent too large a reply."
            )
        default:
            return TransportError(
                code: .connectionLost,
                reach: reach,
                message: "The connection to \(host) was lost (libcurl \(code.rawValue))."
            )
        }
    }
}
