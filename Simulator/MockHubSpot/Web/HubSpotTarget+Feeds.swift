/// The endpoints of change feeds and files.
extension HubSpotTarget {
    /// Whether a part of a path names a version.
    static func isVersion(_ part: String) -> Bool {
        if part.hasPrefix("v"), let number = Int(part.dropFirst()) { return number < 10 }
        let parts = part.split(separator: "-")
        return parts.count >= 2 && parts[0].utf8.count == 4 && Int(parts[0]) != nil
            && parts[1].utf8.count == 2 && Int(parts[1]) != nil
    }

    /// The endpoint of a path that is not of the records.
    var feedEndpoint: MockHubSpotEndpoint? {
        switch self.path.first {
        case MockHubSpot.filePath: return .files
        case "webhooks-journal": return .journal
        case "app-webhooks": return .webhooks
        case "webhooks":
            let parts = ["journal", "journal-local", "subscriptions", "snapshots"]
            return self.path.count > 2 && parts.contains(self.path[2]) ? .journal : .webhooks
        case "marketing", "marketing-emails", "automation", "forms", "form-integrations",
            "events":
            return .marketing
        case "email" where self.path.dropFirst().first == "public": return .marketing
        case "submissions":
            let isSigned = self.path.contains("secure")
            return isSigned ? .marketing : .formSubmission
        default: break
        }
        switch self.family.first {
        case "imports": return .imports
        case "exports": return .exports
        default: return nil
        }
    }
}
