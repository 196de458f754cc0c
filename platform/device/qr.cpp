#include "platform/device/qr.h"

#include <qrencode.h>

#include <memory>

namespace device {
namespace {

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

QRecLevel level_of(QrLevel level) {
  switch (level) {
    case QrLevel::low: return QR_ECLEVEL_L;
    case QrLevel::medium: return QR_ECLEVEL_M;
    case QrLevel::quartile: return QR_ECLEVEL_Q;
    case QrLevel::high: break;
  }
  return QR_ECLEVEL_H;
}

}  // namespace

base::Result<QrCode> qr(std::string_view utf8, QrLevel level) {
  if (utf8.empty()) return base::fail(base::ErrorKind::invalid, "qr_empty");
  const std::unique_ptr<QRcode, FreeCode> code(
      QRcode_encodeData(static_cast<int>(utf8.size()),
                        reinterpret_cast<const unsigned char*>(utf8.data()), 0, level_of(level)));
  if (!code) {
    return base::fail(base::ErrorKind::invalid, "qr_too_long", std::to_string(utf8.size()));
  }
  QrCode result{.side = code->width, .modules = {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  result.modules.reserve(count);
  // The lowest bit of each byte is the colour; the others tell what the module is for.
  for (std::size_t i = 0; i < count; ++i) result.modules.push_back(code->data[i] & 1U);
  return result;
}

}  // namespace device
