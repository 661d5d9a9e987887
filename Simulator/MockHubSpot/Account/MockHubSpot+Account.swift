import HTTPTransport
import WireJSON

/// What an account says of itself, and its settings.
extension MockHubSpot {
    mutating func accountRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let rest = Array(target.family.dropFirst()).filter { !HubSpotTarget.versions.contains($0) }
        switch (target.family.first, rest.first) {
        case ("account-info"?, "details"?): return self.accountDetails(target)
        case ("account-info"?, "api-usage"?): return self.dailyUsage(now)
        case ("limits"?, _): return self.limitRoute(rest, target, now)
        case ("object-library"?, _): return self.enablement(rest, now)
        case ("property-validations"?, _): return self.validationRoute(rest, request, now)
        case ("settings"?, "currencies"?): return self.currencies(Array(rest.dropFirst()), target)
        case ("settings"?, "users"?):
            return self.users(Array(rest.dropFirst()), target, request, now)
        case ("meta"?, _): return self.networkOrigins(rest, target)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private func accountDetails(_ target: HubSpotTarget) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("portalId", self.settings.portalID)
            if target.enforcesAdminRules {
                root.member("portalName", self.settings.portalName)
                root.member("createdAt", self.settings.portalCreatedAt)
            }
            root.member("accountType", self.settings.accountType)
            root.member("timeZone", self.settings.timeZone)
            root.member("companyCurrency", self.settings.companyCurrency)
            let others = self.settings.currencies.map(\.code)
            Self.write("additionalCurrencies", others, into: &root)
            root.member("utcOffset", Self.offset(self.settings.utcOffset))
            root.member("utcOffsetMilliseconds", self.settings.utcOffset)
            root.member("uiDomain", self.settings.uiDomain)
            root.member("dataHostingLocation", self.settings.dataHostingLocation)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// `-04:00`.
    private static func offset(_ milliseconds: Int64) -> String {
        let minutes = (milliseconds / 60_000).magnitude
        func two(_ number: UInt64) -> String { (number < 10 ? "0" : "") + String(number) }
        return (milliseconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// The day's count, whether it was shown before, and when the next day begins; a count is shown
    /// again until it is too old.
    private mutating func dayReport(
        _ now: Int64
    ) -> (report: UsageReport, isFresh: Bool, resetsAt: Int64) {
        let day = ServerTime.day
        let started = (now + self.settings.utcOffset) / day * day - self.settings.utcOffset
        if let known = self.usageReport, now - known.collectedAt < self.settings.usageReportAge {
            return (known, true, started + day)
        }
        let report = UsageReport(collectedAt: now, used: self.limits.usedToday(at: now))
        self.usageReport = report
        return (report, false, started + day)
    }

    /// The meter as the first version shows it.
    mutating func oldDailyUsage(_ now: Int64) -> HTTPResponse {
        let (report, isFresh, resetsAt) = self.dayReport(now)
        var writer = JSONWriter()
        writer.array { list in
            list.object { item in
                item.member("name", "api-calls-daily")
                item.member("usageLimit", self.settings.dailyMax)
                item.member("currentUsage", report.used)
                item.member("collectedAt", report.collectedAt)
                item.member("fetchStatus", isFresh ? "CACHED" : "SUCCESS")
                item.member("resetsAt", resetsAt)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The account as the first version shows it.
    func oldAccount() -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("portalId", self.settings.portalID)
            root.member("timeZone", self.settings.timeZone)
            root.member("currency", self.settings.companyCurrency)
            root.member("utcOffsetMilliseconds", self.settings.utcOffset)
            root.member("utcOffset", Self.offset(self.settings.utcOffset))
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The meter of all private apps.
    private mutating func dailyUsage(_ now: Int64) -> HTTPResponse {
        let (report, isFresh, resetsAt) = self.dayReport(now)
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                list.object { item in
                    item.member("name", "private-apps-api-calls-daily")
                    item.member("usageLimit", self.settings.dailyMax)
                    item.member("currentUsage", report.used)
                    item.member("collectedAt", ServerTime.iso(report.collectedAt))
                    item.member("fetchStatus", isFresh ? "CACHED" : "SUCCESS")
                    item.member("resetsAt", ServerTime.iso(resetsAt))
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// Which object types are switched on.
    private mutating func enablement(_ rest: [String], _ now: Int64) -> HTTPResponse {
        let objects = self.tables.map(\.object).filter { !$0.isArchived }
        var writer = JSONWriter()
        guard rest.count > 1 else {
            writer.object { root in
                root.name("enablementByObjectTypeId")
                root.object { types in
                    for object in objects {
                        types.member(object.typeID, !self.settings.disabled.contains(object.typeID))
                    }
                }
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        }
        guard let type = self.typeID(rest[1]) else {
            return self.error(400, "Unable to infer object type from: \(rest[1])", now: now)
        }
        writer.object { $0.member("enablement", !self.settings.disabled.contains(type)) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Currencies

    private func currencies(_ rest: [String], _ target: HubSpotTarget) -> HTTPResponse {
        let made = ServerTime.iso(self.settings.portalCreatedAt)
        var writer = JSONWriter()
        switch rest.joined(separator: "/") {
        case "company-currency":
            writer.object { $0.member("currencyCode", self.settings.companyCurrency) }
        case "central-fx-rates/information":
            writer.object { $0.member("centralExchangeRatesEnabled", false) }
        case "codes":
            writer.object { root in
                root.name("results")
                root.array { list in
                    for (code, name) in MockHubSpotCurrency.known {
                        list.object { item in
                            item.member("currencyCode", code)
                            item.member("currencyName", name)
                        }
                    }
                }
            }
        default:
            let from = target.parameter("fromCurrencyCode")
            let rates = self.settings.currencies.filter { from == nil || $0.code == from }
            writer.object { root in
                root.name("results")
                root.array { list in
                    for rate in rates {
                        list.object { item in
                            item.member("id", rate.id)
                            item.member("fromCurrencyCode", rate.code)
                            item.member("toCurrencyCode", self.settings.companyCurrency)
                            item.name("conversionRate")
                            item.raw(rate.rate)
                            item.member("visibleInUI", true)
                            item.member("effectiveAt", made)
                            item.member("createdAt", made)
                            item.member("updatedAt", made)
                        }
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Network

    /// Where HubSpot's own calls come from; the ranges are ones that documentation may use.
    private func networkOrigins(_ rest: [String], _ target: HubSpotTarget) -> HTTPResponse {
        let directions = target.list("direction")
        let services = target.list("service")
        let ranges = [
            ("198.51.100.0/24", "EGRESS", "API"), ("203.0.113.0/25", "EGRESS", "EMAIL"),
            ("203.0.113.128/25", "INGRESS", "API"),
        ].filter { range in
            (directions.isEmpty || directions.contains(range.1))
                && (services.isEmpty || services.contains(range.2))
        }
        guard rest.last != "simple" else {
            let text = ranges.map(\.0).joined(separator: "\n")
            return HTTPResponse(
                status: 200,
                headers: [HTTPHeader("Content-Type", "text/plain;charset=utf-8")],
                body: Array(text.utf8)
            )
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for (cidr, direction, service) in ranges {
                    list.object { item in
                        item.member("cidr", cidr)
                        item.member("direction", direction)
                        item.member("service", service)
                        item.member("description", "HubSpot \(service.lowercased())")
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }
}
