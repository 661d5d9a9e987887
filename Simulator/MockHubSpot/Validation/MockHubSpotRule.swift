/// A rule that an administrator set for the values of a property.
package struct MockHubSpotRule: Sendable, Hashable, Codable {
    /// HubSpot's names (OpenAPI file of property validations).
    package enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case format = "FORMAT"
        case alphanumeric = "ALPHANUMERIC"
        case maxLength = "MAX_LENGTH"
        case minLength = "MIN_LENGTH"
        case minNumber = "MIN_NUMBER"
        case maxNumber = "MAX_NUMBER"
        case startDate = "START_DATE"
        case endDate = "END_DATE"
        case specialCharacters = "SPECIAL_CHARACTERS"
        case whitespace = "WHITESPACE"
        case decimal = "DECIMAL"
        case beforeDuration = "BEFORE_DURATION"
        case afterDuration = "AFTER_DURATION"
        case daysOfWeek = "DAYS_OF_WEEK"
        case regex = "REGEX"
        case startDatetime = "START_DATETIME"
        case endDatetime = "END_DATETIME"
        case beforeDatetimeDuration = "BEFORE_DATETIME_DURATION"
        case afterDatetimeDuration = "AFTER_DATETIME_DURATION"
        case phoneNumber = "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE"
        case url = "URL"
        case urlAllowedDomains = "URL_ALLOWED_DOMAINS"
        case urlBlockedDomains = "URL_BLOCKED_DOMAINS"
        case email = "EMAIL"
        case emailAllowedDomains = "EMAIL_ALLOWED_DOMAINS"
        case emailBlockedDomains = "EMAIL_BLOCKED_DOMAINS"
        case domain = "DOMAIN"
    }

    /// The object type's id, such as `0-1`.
    package var type: String
    package var property: String
    package var kind: Kind
    package var arguments: [String]
    package var normalizes: Bool

    package init(
        _ kind: Kind,
        _ arguments: [String] = [],
        of property: String,
        type: String,
        normalizes: Bool = false
    ) {
        self.kind = kind
        self.arguments = arguments
        self.property = property
        self.type = type
        self.normalizes = normalizes
    }
}
