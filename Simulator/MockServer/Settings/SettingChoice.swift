import MockHubSpot
import MockSalesforce

/// A type that is one of several cases, for messages that name them.
protocol SettingChoice {
    static var choices: [String] { get }
}

extension SettingChoice where Self: CaseIterable & RawRepresentable, RawValue == String {
    static var choices: [String] { Self.allCases.map(\.rawValue) }
}

extension MockHubSpotEndpoint: SettingChoice {}
extension MockHubSpotRule.Kind: SettingChoice {}
extension MockSalesforceSystemPermission: SettingChoice {}
extension MockSalesforceSignInRefusal: SettingChoice {}

extension MockHubSpotMergedIDs: SettingChoice {
    static var choices: [String] { ["omitted", "followed", "missing"] }
}

extension MockHubSpotUniqueConflicts: SettingChoice {
    static var choices: [String] { ["coordinates", "coded", "conflict"] }
}

extension MockHubSpotApp.Credential: SettingChoice {
    static var choices: [String] { ["staticToken", "oauth"] }
}

extension MockHubSpotFault: SettingChoice {
    static var choices: [String] {
        [
            "dropAfterCommit", "dropBeforeCommit", "serverError", "badGateway",
            "badGatewayAfterCommit", "unavailable", "gatewayTimeoutAfterCommit", "status", "locked",
            "throttled", "migrating", "expiredToken", "retiredVersion", "malformedBody",
            "truncatedBody", "emptyBatch",
        ]
    }
}

extension MockHubSpotFaultRule.Scope: SettingChoice {
    static var choices: [String] { ["requests", "writes", "creates", "endpoint"] }
}

extension MockSalesforceFault: SettingChoice {
    static var choices: [String] {
        [
            "dropAfterCommit", "dropBeforeCommit", "unavailable", "serverError", "status",
            "lockedRows", "requestLimit", "expiredSession", "retiredVersion", "expiredPassword",
            "malformedBody", "truncatedBody",
        ]
    }
}

extension MockSalesforceValidationRule.Condition: SettingChoice {
    static var choices: [String] {
        ["isBlank", "longer", "shorter", "outside", "equals", "isBlankWhileSet"]
    }
}

extension MockSalesforceFlowRule.Action: SettingChoice {
    static var choices: [String] { ["set", "copy", "upperCase", "fail"] }
}

extension MockSalesforceDuplicateRule.Action: SettingChoice {
    static var choices: [String] { ["alert", "block"] }
}

extension MockSalesforceCalculation: SettingChoice {
    static var choices: [String] { ["formula", "rollUp"] }
}

extension MockSalesforceMatchingRule.Method: SettingChoice {
    static var choices: [String] { ["exact", "normalised", "digits"] }
}

extension MockSalesforceValue: SettingChoice {
    static var choices: [String] { ["null", "boolean", "number", "text", "datetime"] }
}

extension MockFieldType: SettingChoice {
    static var choices: [String] {
        [
            "id", "string", "textarea", "picklist", "multipicklist", "reference", "boolean", "int",
            "double", "currency", "percent", "date", "datetime", "time", "email", "phone", "url",
            "address", "combobox", "encryptedstring",
        ]
    }
}
