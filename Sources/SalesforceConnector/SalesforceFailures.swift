package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// What Salesforce's refusals mean: pure functions of status and error code.
package enum SalesforceFailures {
    /// The error of a reply that is no success.
    package static func error(_ response: HTTPResponse, _ version: SalesforceVersion) -> SyncError {
        // A retired version answers 410 to everything (REST API: api_rest_eol).
        guard response.status != 410 else { return Self.retired(version) }
        return Self.error(status: response.status, try? JSON(parsing: response.body))
    }

    /// REST API: errorcodes.
    ///
    /// 403 is also what an org answers that has no calls left (`REQUEST_LIMIT_EXCEEDED`, as logs of
    /// many clients show it). 408 and 429 judge nothing either, whoever on the way answers them; jsforce
    /// sends again after 420 and 429.
    static func error(status: Int, _ body: JSON?) -> SyncError {
        let code = body?[0]?["errorCode"]?.string ?? ""
        switch (status, code) {
        case (401, _) where Self.isHopeless(body):
            return SyncError(
                code: .forbidden,
                side: .salesforce,
                cause: "Salesforce gives the app no access to the REST API.",
                nextStep:
                    "Give the app the scope \"Manage user data via APIs (api)\" and relax its IP "
                    + "restrictions, then connect it again."
            )
        case (401, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"),
            (403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"):
            // Sign-ins go on, so that a new session cures nothing (restforce 607, forrest 240).
            return SyncError(
                code: .credentials,
                side: .salesforce,
                cause: "The password of Salesforce's integration user has expired.",
                nextStep:
                    "Set a new one for the user, and let its profile's passwords never expire."
            )
        case (401, _):
            return SyncError(
                code: .credentials,
                side: .salesforce,
                cause: "Salesforce does not accept the session.",
                nextStep: "Check that the integration user is active and may use the API.",
                disposition: .refreshCredentials
            )
        case (403, "REQUEST_LIMIT_EXCEEDED") where Self.isCrowded(body): return Self.later(status)
        case (403, "REQUEST_LIMIT_EXCEEDED"):
            return SyncError(
                code: .limitReached,
                side: .salesforce,
                cause: "Salesforce's API calls for 24 hours are used up.",
                nextStep: "It goes on when the org's rolling 24 hours allow it; try later.",
                disposition: .pausePair(milliseconds: 900_000)
            )
        case (403, "API_DISABLED_FOR_ORG"), (403, "API_CURRENTLY_DISABLED"):
            return SyncError(
                code: .forbidden,
                side: .salesforce,
                cause: "This Salesforce org or user may not use the API (\(code)).",
                nextStep:
                    "Give the integration user \"API Enabled\" (Setup, Permission Sets, System Permissions). The "
                    + "edition needs API access: Group has none, for Professional it is bought."
            )
        case (400, "INVALID_FIELD"), (400, "INVALID_TYPE"):
            return SyncError(
                code: .missingField,
                side: .salesforce,
                cause: "Salesforce does not know a mapped field or object (\(code)).",
                nextStep: "Run `duet plan`: it names the field. The user may lack access to it."
            )
        case (400, "INVALID_QUERY_LOCATOR"), (400, "QUERY_TIMEOUT"), (503, _), (502, _), (504, _),
            (500, _), (408, _), (420, _), (429, _):
            return Self.later(status)
        case (400..<500, _):
            return SyncError(
                code: .rejected,
                side: .salesforce,
                cause: "Salesforce refused a request (\(status) \(Self.word(code))).",
                nextStep: "Run `duet plan` to check the mapping; report it if it stays.",
                disposition: .holdRecord
            )
        default: return Self.later(status)
        }
    }

    /// Whether too many long requests run at once, which is not the day's number: "ConcurrentRequests
    /// (Concurrent API Requests) Limit exceeded.", "ConcurrentPerOrgLongTxn Limit exceeded." (public logs).
    private static func isCrowded(_ body: JSON?) -> Bool {
        body?[0]?["message"]?.string?.hasPrefix("Concurrent") == true
    }

    /// The error of a request that got no reply.
    package static func error(_ failure: CallFailure) -> SyncError {
        switch failure {
        case .refused(let error): return error
        case .transport(let error):
            let code: SyncError.Code = error.code == .cancelled ? .cancelled : .unreachable
            return SyncError(
                code: code,
                side: .salesforce,
                cause: "Salesforce cannot be reached. \(error.message)",
                nextStep: "Check the address and the network, then start again.",
                disposition: .retry(afterMilliseconds: 5_000)
            )
        }
    }

    /// Salesforce serves the version no longer: nothing is sent until somebody names another.
    package static func retired(_ version: SalesforceVersion) -> SyncError {
        let date = version.end.map { "with \($0)" } ?? "on a date that Duet does not know"
        return SyncError(
            code: .configuration,
            side: .salesforce,
            cause: "Salesforce has retired version \(version.name) of its API, \(date).",
            nextStep: "Set \(SalesforceVersion.setting) to a version that the org lists at "
                + "/services/data, then start again."
        )
    }

    package static func malformed() -> SyncError {
        SyncError(
            code: .malformedReply,
            side: .salesforce,
            cause: "Salesforce's reply cannot be read.",
            nextStep: "Start again; if it stays, a proxy or a maintenance page may be in between.",
            disposition: .retry(afterMilliseconds: 5_000)
        )
    }

    /// The field that is not there, which only the message names: "No such column 'X' on sobject of
    /// type Y" comes with an empty list of fields.
    private static func missingColumn(_ error: JSON) -> [String] {
        let parts = (error["message"]?.string ?? "").split(separator: "'")
        guard parts.count > 2, parts[0] == "No such column " else { return [] }
        return [String(parts[1])]
    }

    /// What the refusal of one row means; `nil` where the row was not judged and may go again.
    ///
    /// The codes are those of the partner WSDL (`StatusCode`), as jsforce has it; lists say
    /// `statusCode` where single records say `errorCode` (REST API:
    /// resources_composite_sobjects_collections_create).
    static func rejection(_ error: JSON) -> WriteReply.Rejection? {
        let code = error["statusCode"]?.string ?? error["errorCode"]?.string ?? ""
        var fields = error["fields"]?.elements.compactMap(\.string) ?? []
        if fields.isEmpty, code == "INVALID_FIELD" { fields = Self.missingColumn(error) }
        switch code {
        case "UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS", "SERVER_UNAVAILABLE",
            "REQUEST_LIMIT_EXCEEDED", "ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED":
            return nil
        case "DUPLICATE_VALUE", "DUPLICATES_DETECTED", "DUPLICATE_EXTERNAL_ID":
            return .init(
                kind: code == "DUPLICATES_DETECTED" ? .resembles : .taken,
                code: code,
                fields: fields,
                existingID: Self.existingID(error)
            )
        case "ENTITY_IS_DELETED", "NOT_FOUND", "CANNOT_UPDATE_CONVERTED_LEAD",
            "INVALID_CROSS_REFERENCE_KEY":
            return .init(kind: .missing, code: code, fields: fields)
        case "REQUIRED_FIELD_MISSING":
            return .init(kind: .requiredField, code: code, fields: fields)
        case "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS",
            "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "INVALID_FIELD_FOR_INSERT_UPDATE":
            return .init(kind: .noPermission, code: code, fields: fields)
        case "STRING_TOO_LONG", "INVALID_EMAIL_ADDRESS", "NUMBER_OUTSIDE_VALID_RANGE",
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "FIELD_INTEGRITY_EXCEPTION", "JSON_PARSER_ERROR", "INVALID_TYPE_ON_FIELD_IN_RECORD":
            return .init(kind: .badValue, code: code, fields: fields)
        default:
            return .init(kind: .other, code: Self.word(code), fields: fields)
        }
    }

    // MARK: - Pieces

    /// A 401 that no new session cures (jsforce does not refresh on these texts).
    private static func isHopeless(_ body: JSON?) -> Bool {
        let text = body?[0]?["message"]?.string ?? ""
        return text.contains("This session is not valid for use with the REST API")
            || text.contains("Connected app is not attached to Agent")
    }

    private static func later(_ status: Int) -> SyncError {
        SyncError(
            code: .unreachable,
            side: .salesforce,
            cause: "Salesforce failed (status \(status)).",
            nextStep: "It goes on by itself; start again if this run has ended.",
            disposition: .retry(afterMilliseconds: 2_000)
        )
    }

    /// The record that holds the value: a duplicate rule's match, or the id that the message of a
    /// unique field ends with (15 characters).
    private static func existingID(_ error: JSON) -> String? {
        let result = error["duplicateResult"] ?? error["duplicateResut"]
        let match = result?["matchResults"]?[0]?["matchRecords"]?[0]?["record"]?["Id"]?.string
        if let match { return SalesforceID.long(match) }
        guard let message = error["message"]?.string,
            let range = message.firstRange(of: "record with id:")
        else { return nil }
        let id = message[range.upperBound...].drop { $0 == " " }
            .prefix { $0.isLetter || $0.isNumber }
        return id.count == 15 || id.count == 18 ? SalesforceID.long(String(id)) : nil
    }

    static func word(_ code: String) -> String {
        let isWord = !code.isEmpty && code.allSatisfy { $0.isUppercase || $0 == "_" }
        return isWord ? code : "UNKNOWN"
    }
}
