package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// What HubSpot's refusals mean: one pure function each, by status, category and code.
package enum HubSpotFailures {
    /// The error of a reply that is no success.
    ///
    /// docs/api-reference/error-handling: 401, 403, 414, 423 (two seconds between writes), 429, 477
    /// (`Retry-After`, up to a day), 502 to 504, 521 and on; every member of an error is optional.
    /// docs/developer-tooling/platform/usage-guidelines: the policies of a 429.
    package static func error(_ response: HTTPResponse, _ version: HubSpotVersion) -> SyncError {
        let json = try? JSON(parsing: response.body)
        let category = json?["category"]?.string ?? ""
        let policy = json?["policyName"]?.string ?? ""
        switch response.status {
        case 401:
            return Self.unauthorized(json, category)
        case 403:
            return Self.forbidden(json, category)
        case 400, 404, 405, 409, 414, 415:
            return SyncError(
                code: .rejected,
                side: .hubspot,
                cause: "HubSpot refused a request (\(response.status) \(Self.word(category))).",
                nextStep: "Run `duet plan` to check the mapping; report it if it stays.",
                disposition: .holdRecord
            )
        case 410:
            return Self.retired(version)
        case 423:
            return Self.later("HubSpot has locked these records for a moment.", 2_000)
        case 429:
            return Self.limited(response, policy)
        case 477:
            return Self.later(
                "HubSpot is moving this portal to another data centre.",
                Self.retryAfter(response) ?? 3_600_000
            )
        default:
            return Self.later("HubSpot failed (status \(response.status)).", 5_000)
        }
    }

    /// The error of a request that got no reply.
    package static func error(_ failure: CallFailure) -> SyncError {
        switch failure {
        case .refused(let error): return error
        case .transport(let error):
            let code: SyncError.Code = error.code == .cancelled ? .cancelled : .unreachable
            return SyncError(
                code: code,
                side: .hubspot,
                cause: "HubSpot cannot be reached. \(error.message)",
                nextStep: "Check the address and the network, then start again.",
                disposition: .retry(afterMilliseconds: 5_000)
            )
        }
    }

    /// HubSpot serves the version no longer: nothing is sent until somebody names another.
    package static func retired(_ version: HubSpotVersion) -> SyncError {
        let known = HubSpotVersion.allCases.filter { $0 != version }.map(\.name)
        return SyncError(
            code: .configuration,
            side: .hubspot,
            cause: "HubSpot has retired version \(version.name) of its API, "
                + "which it supported until \(version.end).",
            nextStep: "Set \(HubSpotVersion.setting) to one that HubSpot serves (this Duet knows "
                + "\(known.joined(separator: " and "))), or bring Duet up to date, then start again."
        )
    }

    package static func malformed() -> SyncError {
        SyncError(
            code: .malformedReply,
            side: .hubspot,
            cause: "HubSpot's reply cannot be read.",
            nextStep: "Start again; if it stays, a proxy or a maintenance page may be in between.",
            disposition: .retry(afterMilliseconds: 5_000)
        )
    }

    /// HubSpot told of some records, and not of others, whom they are tied to.
    static func unreadTies() -> SyncError {
        Self.later("HubSpot did not tell the associations of some records.", 60_000)
    }

    static func missingProperty(_ name: String) -> SyncError {
        SyncError(
            code: .missingField,
            side: .hubspot,
            cause: "HubSpot no longer shows the mapped property \(name).",
            nextStep: "Run `duet plan`: bring the property back, or take it out of the mapping."
        )
    }

    /// Whether a 401 may be cured by a new access token.
    package static func isExpired(_ response: HTTPResponse) -> Bool {
        guard response.status == 401, let json = try? JSON(parsing: response.body) else {
            return false
        }
        // A token that cannot be decoded reads as expired since 1970: no refresh cures that
        // (recorded in public logs: "expired 20543 day(s) ago").
        let time = json["context"]?["expire time"]?[0]?.string ?? ""
        return json["category"]?.string == "EXPIRED_AUTHENTICATION" && !time.hasPrefix("1970")
    }

    /// What the refusal of one input of a batch means.
    ///
    /// Recorded: batch/create/contacts/err-partial-success.json (CONFLICT with `existingId`),
    /// batch/update/contacts/err-partial-success.json (OBJECT_NOT_FOUND with all ids in one error),
    /// err-many-invalid-properties.json (VALIDATION_ERROR with codes and names of properties).
    static func rejection(_ error: JSON) -> WriteReply.Rejection {
        let category = error["category"]?.string ?? ""
        let codes = error["errors"]?.elements.compactMap { $0["code"]?.string } ?? []
        let fields = Self.fields(error)
        switch category {
        case "CONFLICT", "OBJECT_ALREADY_EXISTS":
            return .init(kind: .taken, code: category, existingID: Self.existingID(error))
        case "OBJECT_NOT_FOUND":
            return .init(kind: .missing, code: category)
        case "VALIDATION_ERROR":
            let holder = Self.holderID(error)
            if codes.contains("CONFLICTING_UNIQUE_VALUE") || holder != nil {
                return .init(
                    kind: .taken,
                    code: "CONFLICTING_UNIQUE_VALUE",
                    fields: fields,
                    existingID: holder ?? Self.existingID(error)
                )
            }
            // Of a record that a new one was to be tied to (recorded in community threads: "One or more
            // associations are invalid", with the ids in the context).
            if Self.unknownIDs(error) != nil {
                return .init(kind: .badValue, code: Self.unknownRecord)
            }
            let isMissing =
                codes.contains("MISSING_REQUIRED_PROPERTY") || Self.lacksProperties(error)
            return .init(
                kind: isMissing ? .requiredField : .badValue,
                code: codes.first ?? (isMissing ? "MISSING_REQUIRED_PROPERTY" : category),
                fields: fields
            )
        case "FORBIDDEN", "MISSING_SCOPES":
            return .init(kind: .noPermission, code: category)
        default:
            return .init(kind: .other, code: Self.word(category), fields: fields)
        }
    }

    // MARK: - Pieces

    static let unknownRecord = "INVALID_OBJECT_IDS"

    /// The ids of records that are not there, where a refusal is about a tie to them.
    static func unknownIDs(_ error: JSON) -> [String]? {
        let contexts = [error["context"]] + (error["errors"]?.elements ?? []).map { $0["context"] }
        let named = contexts.compactMap(\.self).first { $0[Self.unknownRecord] != nil }
        return named.map { HubSpotID.texts($0["objectId"]) }
    }

    private static func unauthorized(_ json: JSON?, _ category: String) -> SyncError {
        SyncError(
            code: .credentials,
            side: .hubspot,
            cause: category == "EXPIRED_AUTHENTICATION"
                ? "HubSpot says that the token has expired or is not one of its tokens."
                : "HubSpot does not accept the token.",
            nextStep: "Put a valid Service Key or token where the configuration reads it from.",
            disposition: .refreshCredentials
        )
    }

    /// The scopes that are missing stand in `requiredGranularScopes` (recorded:
    /// metadata-err-schemas-scope.json).
    private static func forbidden(_ json: JSON?, _ category: String) -> SyncError {
        let scopes =
            json?["errors"]?[0]?["context"]?["requiredGranularScopes"]?.elements
            .compactMap(\.string) ?? []
        let names = scopes.isEmpty ? "" : ": " + scopes.joined(separator: ", ")
        let wanted =
            scopes.isEmpty ? "of the objects that are mapped" : scopes.joined(separator: ", ")
        return SyncError(
            code: .forbidden,
            side: .hubspot,
            cause: "HubSpot does not allow this app to do that\(names).",
            nextStep:
                "Grant the scopes \(wanted) (crm.objects.….read and .write, crm.schemas.….read), "
                + "then start again."
        )
    }

    /// `DAILY`, `SECONDLY`, `TEN_SECONDLY_ROLLING`; the pauses are those of HubSpot's own client
    /// (github.com/HubSpot/hubspot-api-nodejs, src/services/decorators/RetryDecorator.ts).
    private static func limited(_ response: HTTPResponse, _ policy: String) -> SyncError {
        let stated = Self.retryAfter(response)
        switch policy {
        case "DAILY":
            return SyncError(
                code: .limitReached,
                side: .hubspot,
                cause: "HubSpot's daily API calls are used up.",
                nextStep: "They start again at midnight in the portal's time zone.",
                disposition: .pausePair(milliseconds: stated ?? 3_600_000)
            )
        case "SECONDLY":
            return Self.later("HubSpot's search limit is reached.", stated ?? 1_000)
        default:
            return Self.later("HubSpot's limit for 10 seconds is reached.", stated ?? 10_000)
        }
    }

    /// When to come again, in milliseconds: a day at most, whatever a proxy makes of the header.
    private static func retryAfter(_ response: HTTPResponse) -> Int64? {
        response.header("Retry-After").flatMap { Int64($0) }.map { min(max($0, 0), 86_400) * 1_000 }
    }

    private static func later(_ cause: String, _ delay: Int64) -> SyncError {
        SyncError(
            code: .unreachable,
            side: .hubspot,
            cause: cause,
            nextStep: "It goes on by itself; start again if this run has ended.",
            disposition: .retry(afterMilliseconds: delay)
        )
    }

    private static func fields(_ error: JSON) -> [String] {
        let named = error["errors"]?.elements.flatMap { item in
            item["context"]?["propertyName"]?.elements.compactMap(\.string) ?? []
        }
        guard Self.lacksProperties(error) else { return named ?? [] }
        return error["context"]?["properties"]?.elements.compactMap(\.string) ?? []
    }

    /// Whether a create had not all that its object type asks for.
    ///
    /// Recorded: "Error creating CALL. Some required properties were not set."
    private static func lacksProperties(_ error: JSON) -> Bool {
        let message = error["message"]?.string ?? ""
        return message.hasPrefix("Error creating ")
            && message.hasSuffix(". Some required properties were not set.")
    }

    /// The record that has a unique value already; the value itself may read like the message.
    ///
    /// Recorded: "Cannot set PropertyValueCoordinates{…} on 483. 510 already has that value."
    private static func holderID(_ error: JSON) -> String? {
        let end = " already has that value."
        guard let message = error["message"]?.string,
            message.hasPrefix("Cannot set PropertyValueCoordinates{"), message.hasSuffix(end)
        else { return nil }
        let digits = message.dropLast(end.count).reversed().prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : String(digits.reversed())
    }

    /// The id that a conflict names, in its context or at the end of "Existing ID: 551" (recorded:
    /// batch/create/contacts/err-partial-success.json).
    private static func existingID(_ error: JSON) -> String? {
        if let id = error["context"]?["existingId"]?[0] { return id.string ?? id.numberText }
        guard let message = error["message"]?.string,
            let range = message.firstRange(of: "Existing ID:")
        else { return nil }
        let digits = message[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber }
        return digits.isEmpty ? nil : String(digits)
    }

    /// A category as it may be shown: HubSpot's own upper-case word or nothing.
    static func word(_ category: String) -> String {
        let isWord = !category.isEmpty && category.allSatisfy { $0.isUppercase || $0 == "_" }
        return isWord ? category : "UNKNOWN"
    }
}
