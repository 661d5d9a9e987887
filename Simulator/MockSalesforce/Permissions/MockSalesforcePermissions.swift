/// The profiles of an org that checks what its users may do.
package struct MockSalesforcePermissions: Sendable, Hashable, Codable {
    package var profiles: [MockSalesforceProfile]
    /// By 18-character user id, the name of a profile; other users have the first one.
    package var profileByUser: [String: String]

    package init(
        profiles: [MockSalesforceProfile] = [.administrator],
        profileByUser: [String: String] = [:]
    ) {
        self.profiles = profiles
        self.profileByUser = profileByUser
    }

    /// The place of a user's profile.
    func profile(of user: String) -> Int {
        let name = self.profileByUser[user]
        return self.profiles.firstIndex { $0.name == name } ?? 0
    }
}
