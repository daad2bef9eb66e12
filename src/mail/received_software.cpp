#include "mail/received_software.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace weir::mail {
namespace {

struct Known {
  std::string_view head;  // how the words begin, ASCII case ignored
  std::string_view name;
};

constexpr auto kComments = std::to_array<Known>({
    {"AltN", "mdaemon"},
    {"amavis", "amavis"},
    {"Apache James", "james"},
    {"Apple Secure Mail Relay", "postfix"},
    {"Axigen", "axigen"},
    {"CommuniGate", "communigate"},
    {"Content Technologies SMTPRS", "mailsweeper"},
    {"Coremail", "coremail"},
    {"Cyrus", "cyrus"},
    {"Dovecot", "dovecot"},
    {"ecelerity", "ecelerity"},
    {"EMWAC", "emwac"},
    {"Exim", "exim"},
    {"fetchmail", "fetchmail"},
    {"getmail", "getmail"},
    {"Haraka", "haraka"},
    {"HCL Domino", "domino"},
    {"hMailServer", "hmailserver"},
    {"IBM Domino", "domino"},
    {"IceWarp", "icewarp"},
    {"InterMail", "intermail"},
    {"InterScan", "interscan"},
    {"iPlanet", "sun_messaging"},
    {"JAMES", "james"},
    {"JetMail", "jetmail"},
    {"Kerio", "kerio"},
    {"Lotus Domino", "domino"},
    {"LSMTP", "lsmtp"},
    {"Magic", "magic_winmail"},
    {"MailEnable", "mailenable"},
    {"mail_out", "aol"},
    {"MDaemon", "mdaemon"},
    {"Merak", "icewarp"},
    {"Mercury", "mercury"},
    {"Microsoft Exchange Internet Mail", "exchange5"},
    {"Mirapoint", "mirapoint"},
    {"mlmmj", "mlmmj"},
    {"Nemesis", "nemesis"},
    {"Netscape Messaging", "sun_messaging"},
    {"NewEsmtp", "qq"},
    {"NewMx", "qq"},
    {"NPlex", "nplex"},
    {"OpenSMTPD", "opensmtpd"},
    {"Oracle Communications", "sun_messaging"},
    {"Post.Office", "post_office"},
    {"Postfix", "postfix"},
    {"PowerMTA", "powermta"},
    {"qmail-ldap", "qmail_ldap"},
    {"qpsmtpd", "qpsmtpd"},
    {"Scalix", "scalix"},
    {"SG", "sendgrid"},
    {"SMTPD-", "imail"},
    {"SMTPD32", "imail"},
    {"Smail", "smail"},
    {"SpamTitan", "spamtitan"},
    {"Spam Firewall", "barracuda"},
    {"Spam & Virus Firewall", "barracuda"},
    {"Stalwart", "stalwart"},
    {"Sun Java", "sun_messaging"},
    {"Sun Internet Mail", "sun_messaging"},
    {"Sun ONE", "sun_messaging"},
    {"SurgeMail", "surgemail"},
    {"Vircom SMTPRS", "vopmail"},
    {"WinRoute", "kerio"},
    {"WinWebMail", "winwebmail"},
    {"Yahoo Inc. Hermes", "yahoo"},
    {"Zimbra", "zimbra"},
});

constexpr auto kProtocols = std::to_array<Known>({
    {"bizsmtp", "godaddy"},
    {"comcast", "intermail"},
    {"Internet Mail Service", "exchange5"},
    {"mapi", "exchange"},
    {"Microsoft SMTP Server", "exchange"},
    {"Microsoft SMTPSVC", "microsoft_smtpsvc"},
    {"NNFMP", "yahoo"},
    {"Novell_GroupWise", "groupwise"},
    {"qmail-scanner", "qmail"},
    {"WorldClient", "mdaemon"},
});

// The last labels of the writing host, in lower case; a longer end stands before a shorter one.
constexpr auto kHosts = std::to_array<Known>({
    {".outlook.com", "microsoft365"},
    {".office365.us", "microsoft365"},
    {".partner.outlook.cn", "microsoft365"},
    {".hotmail.com", "hotmail"},
    {".msn.com", "hotmail"},
    {".office365.com", "microsoft365"},
    {".exchangelabs.com", "microsoft365"},
    {".gmx.net", "gmx"},
    {".google.com", "gmail"},
    {".gmail.com", "gmail"},
    {".qq.com", "qq"},
    {".163.com", "coremail"},
    {".126.com", "coremail"},
    {".sina.com.cn", "sina"},
    {".sina.com", "sina"},
    {".sina.net", "sina"},
    {".sohu.com", "sohu"},
    {".naver.com", "naver"},
    {".hanmail.net", "daum"},
    {".daum.net", "daum"},
    {".kakao.com", "daum"},
    {".yahoo.co.jp", "yahoo_japan"},
    {".yahoo.com", "yahoo"},
    {".yahoodns.net", "yahoo"},
    {".amazonses.com", "amazon_ses"},
    {".amazonaws.com", "amazon_ses"},
    {".sendgrid.net", "sendgrid"},
    {".mailgun.org", "mailgun"},
    {".mailgun.net", "mailgun"},
    {".mimecast.com", "mimecast"},
    {".pphosted.com", "proofpoint"},
    {".ppops.net", "proofpoint"},
    {".aol.com", "aol"},
    {".mandrillapp.com", "mandrill"},
    {".aliyun.com", "aliyun"},
    {".aliyun-inc.com", "aliyun"},
});

// "8.14.4/8.14.4", "8.12.3/8.12.3/Debian -4", "5.59/SMI4.0": version of the program, then of its
// configuration.
bool is_sendmail_version(std::string_view text) {
  if (text.size() < 5 || !is_digit(text[0]) || text[1] != '.' || !is_digit(text[2])) return false;
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) ++at;
  // Vendors put their own marks before the slash.
  while (at < text.size() && text[at] != '/' && !is_space(text[at]) && text[at] != ',') ++at;
  return at < text.size() && text[at] == '/';
}

}  // namespace

std::string_view software_of_comment(std::string_view comment) {
  comment = trim(comment);
  if (comment.empty()) return {};
  if (is_sendmail_version(comment)) return "sendmail";
  const char first = to_lower(comment[0]);
  for (const Known& known : kComments)
    if (to_lower(known.head[0]) == first && istarts_with(comment, known.head)) return known.name;
  return {};
}

std::string_view software_of_protocol(std::string_view with) {
  if (with.empty()) return {};
  const char first = to_lower(with[0]);
  for (const Known& known : kProtocols)
    if (to_lower(known.head[0]) == first && istarts_with(with, known.head)) return known.name;
  return {};
}

std::string_view software_of_host(std::string_view by) {
  if (by.size() < 6) return {};
  // Google's hosts inside have addresses of this 6to4 block, and of 10/8 before.
  if (istarts_with(by, "2002:a")) return "gmail";
  if (istarts_with(by, "recvd-") || istarts_with(by, "geopod-")) return "sendgrid";
  const char last = to_lower(by.back());
  if (last != 'm' && last != 't' && last != 'n' && last != 'p' && last != 'g' && last != 's')
    return {};
  for (const Known& known : kHosts) {
    const std::string_view bare = known.head.substr(1);
    if (by.size() < bare.size() || last != bare.back()) continue;
    if (by.size() == bare.size()
            ? iequals(by, bare)
            : iequals(by.substr(by.size() - std::min(by.size(), known.head.size())), known.head))
      return known.name;
  }
  return {};
}

bool always_writes_id(std::string_view software) {
  constexpr auto programs = std::to_array<std::string_view>(
      {"exim", "sendmail", "gmail", "domino", "exchange", "microsoft365", "opensmtpd"});
  return std::find(programs.begin(), programs.end(), software) != programs.end();
}

bool contradicts(std::string_view software, std::string_view with) {
  if (with.empty()) return false;
  const auto starts = [&](std::string_view head) { return with.starts_with(head); };
  if (software == "postfix") return starts("esmtp") || starts("smtp") || starts("asmtp");
  if (software == "sendmail") return starts("esmtp") || starts("asmtp");
  if (software == "exim") return starts("ESMTP") || starts("SMTP");
  return false;
}

}  // namespace weir::mail
