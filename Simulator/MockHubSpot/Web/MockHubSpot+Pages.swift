import HTTPTransport

/// Which pages of a list may be asked for.
extension MockHubSpot {
    /// The refusal of a page that cannot be shown, or `nil`.
    ///
    /// HubSpot bounds the pages; its texts, and what it says of other odd numbers, are not known.
    mutating func oddPage(_ target: HubSpotTarget, max: Int, _ now: Int64) -> HTTPResponse? {
        guard let problem = self.pageProblem(target, max: max) else { return nil }
        return self.error(400, problem, category: "VALIDATION_ERROR", now: now)
    }

    private func pageProblem(_ target: HubSpotTarget, max: Int) -> String? {
        if let text = target.parameter("limit"), !text.isEmpty {
            let limit = Int(text)
            if let limit, limit > max { return "limit must be at most \(max), not \(limit)" }
            if self.settings.refusesOddPages, (limit ?? 0) < 1 {
                return "limit must be a whole number from 1 to \(max), not \(text)"
            }
        }
        let after = target.parameter("after") ?? ""
        guard self.settings.refusesOddPages, !after.isEmpty, Int64(after) == nil else { return nil }
        return "after is no cursor of this list: \(after)"
    }
}
