import CCurl

/// What a libcurl code means for us: the sentence, and whether the CRM can have acted.
enum CurlFailure {
    /// The error of a request that libcurl gave up.
    ///
    /// `wasBegun` is whether libcurl was about to write the request on a connection; `host` is for
    /// the sentence, never the path or the query.
    static func error(
        _ code: CURLcode,
        wasBegun: Bool,
        isTooLarge: Bool,
        host: String
    ) -> TransportError {
        // A code such as "cannot connect" can also be of libcurl's second try, after a sending.
        if !wasBegun, let error = Self.beforeSending(code, host: host) { return error }
        let reach: TransportError.Reach = wasBegun ? .maybeSent : .notSent
        switch code {
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

    /// What can only go wrong on the way to a connection.
    private static func beforeSending(_ curlCode: CURLcode, host: String) -> TransportError? {
        let (code, message): (TransportError.Code, String)
        switch curlCode {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            (code, message) = (.badURL, "The address \(host) is not usable.")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            (code, message) = (.cannotResolve, "The name \(host) is not known.")
        case CURLE_COULDNT_CONNECT:
            (code, message) = (
                .cannotConnect, "\(host) refused the connection or did not answer."
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            (code, message) = (
                .tlsRefused, "The secure connection to \(host) could not be trusted."
            )
        default: return nil
        }
        return TransportError(code: code, reach: .notSent, message: message)
    }
}
