/// Why the token endpoint gives nobody a token: the text that clients were sent.
package enum MockSalesforceSignInRefusal: String, Sendable, Hashable, CaseIterable, Codable {
    case inactiveUser = "inactive user"
    case inactiveOrganization = "inactive organization"
    case restrictedAddress = "ip restricted"
}
